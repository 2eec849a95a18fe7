/** Balanced calls with Apache HttpClient 5, classic and asynchronous. */
package org.lb4j.client.apache;
