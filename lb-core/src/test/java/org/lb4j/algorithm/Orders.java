package org.lb4j.algorithm;

import java.util.StringJoiner;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;

/** In which order a key goes through servers: the first choice, the next without that one, and so on. */
final class Orders {
    private Orders() {}

    /** By the last number of their addresses: {@code 2 3 1}. */
    static String of(Selector selector, String key, int servers) {
        StringJoiner order = new StringJoiner(" ");
        SelectionContext context = SelectionContext.key(key);
        for (int i = 0; i < servers; i++) {
            Server next = selector.next(context);
            order.add(next.host().substring(next.host().lastIndexOf('.') + 1));
            context = context.excluding(next);
        }
        return order.toString();
    }
}
