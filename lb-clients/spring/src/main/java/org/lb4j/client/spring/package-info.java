/** Balanced calls with Spring's RestClient, RestTemplate and WebClient. */
package org.lb4j.client.spring;
