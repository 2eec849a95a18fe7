/** What "less loaded" means, apart from who compares. */
package org.lb4j.load;
