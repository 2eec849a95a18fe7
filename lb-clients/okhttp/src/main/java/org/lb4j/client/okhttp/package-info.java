/** Balanced calls with OkHttp, and with Retrofit through it. */
package org.lb4j.client.okhttp;
