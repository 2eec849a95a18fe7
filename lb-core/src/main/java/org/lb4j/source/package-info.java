/** Where servers come from: a list, anything that can be asked, DNS, a file. */
package org.lb4j.source;
