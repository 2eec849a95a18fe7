/** Balanced calls with {@link java.net.http.HttpClient}. */
package org.lb4j.client.jdk;
