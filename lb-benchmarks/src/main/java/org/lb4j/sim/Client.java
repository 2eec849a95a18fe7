package org.lb4j.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lb4j.Outcome;
import org.lb4j.Server;

/** One client: picks for each of its calls, and hears how they end. */
interface Client {
    /** Begins a call; null: there is no server. */
    @Nullable
    Ticket begin();

    /** A new list of servers. */
    void update(List<Server> servers);

    /** A call that has begun. */
    interface Ticket {
        int server();

        void end(Outcome outcome);
    }
}
