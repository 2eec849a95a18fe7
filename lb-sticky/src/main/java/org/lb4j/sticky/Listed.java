package org.lb4j.sticky;

import org.lb4j.Member;
import org.lb4j.Server;

/** A member, and how its server was described when the list was read: the member itself may be described anew at any time. */
record Listed(Member member, Server server) {
    static Listed of(Member member) {
        return new Listed(member, member.server());
    }

    String id() {
        return server.id();
    }
}
