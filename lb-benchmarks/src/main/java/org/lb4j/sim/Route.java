package org.lb4j.sim;

import java.util.List;
import org.lb4j.Outcome;
import org.lb4j.Server;

/** How calls find a server in one run. */
interface Route {
    /** Hears where a call goes and how it ends, when its client knows. */
    interface Trail {
        void sent(int server);

        void ended(Outcome outcome);
    }

    void begin(SimCall call, Trail trail);

    /** A new list of servers, for all clients. */
    void update(List<Server> servers);
}
