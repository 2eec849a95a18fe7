package org.lb4j;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lb4j.PoolEvent.Kind;

/** The next state of a pool while it is being written, by one thread: edits, their standings, their events. */
final class Draft implements Change {
    private static final int MAX_SLOT = 65535;

    private final PoolState base;
    private final long version;
    private final long now;
    private final Map<String, Standing> changed = new LinkedHashMap<>();
    private final List<PoolEvent> events = new ArrayList<>();
    private @Nullable Membership membership;
    private boolean closed;

    Draft(PoolState base, long now) {
        this.base = base;
        this.version = base.version() + 1;
        this.now = now;
    }

    PoolState base() {
        return base;
    }

    boolean isEmpty() {
        return changed.isEmpty() && membership == null && !closed;
    }

    PoolState state() {
        Membership members = membership != null ? membership : base.membership().with(changed);
        Long start = base.start() == null && members.size() > 0 ? (Long) now : base.start();
        return new PoolState(version, members, start, closed);
    }

    /** All standings that differ from the base: to be taken by their members once the state is in. */
    Iterable<Standing> changed() {
        return changed.values();
    }

    List<PoolEvent> events() {
        return events;
    }

    void close() {
        closed = true;
    }

    @Override
    public boolean hold(String serverId, Hold reason) {
        given("hold reason", reason);
        Standing before = find(serverId);
        if (before == null) return false;
        return put(before, before.held(version, reason, now), Kind.HELD, reason.words() + " (" + reason + ")");
    }

    @Override
    public boolean release(String serverId, Hold reason) {
        given("hold reason", reason);
        Standing before = find(serverId);
        if (before == null) return false;
        String evidence = "no longer " + reason.words() + " (" + reason + ")";
        return put(before, before.released(version, reason, now), Kind.RELEASED, evidence);
    }

    @Override
    public boolean scale(String serverId, String source, double factor) {
        given("source", source);
        if (!(factor >= 0 && factor <= 1))
            throw new IllegalArgumentException("factor must be in [0, 1], was " + factor);
        Standing before = find(serverId);
        if (before == null) return false;
        Standing after = before.scaled(version, source, factor, now);
        return put(before, after, Kind.SCALED, source + " says " + factor + ", weight " + after.weight());
    }

    void trial(Standing before, @Nullable TrialPermit permit) {
        changed.put(before.server().id(), before.onTrial(version, permit));
    }

    @Nullable
    Standing find(String serverId) {
        given("server id", serverId);
        Standing edited = changed.get(serverId);
        return edited != null ? edited : base.membership().find(serverId);
    }

    private boolean put(Standing before, Standing after, Kind kind, String evidence) {
        if (after != before) {
            changed.put(after.server().id(), after);
            events.add(new PoolEvent(kind, after.server(), evidence, now));
        }
        return true;
    }

    /** The full list; what is known of a server is found by its id and kept. */
    void replaceAll(List<Server> servers, Ledger ledger) {
        Set<String> ids = new HashSet<>();
        for (Server server : servers) ids.add(server.id());
        BitSet taken = new BitSet();
        for (Standing each : base.membership().standings()) {
            if (ids.contains(each.server().id())) taken.set(each.member().firstSlot());
            else events.add(new PoolEvent(Kind.REMOVED, each.server(), "no longer listed", now));
        }
        List<Standing> next = new ArrayList<>(servers.size());
        for (Server server : servers) next.add(replace(server, taken, ledger));
        if (same(next)) return;
        assignSlots(next);
        for (Standing each : next)
            if (each.version() == version) changed.put(each.server().id(), each);
        membership = Membership.of(next);
    }

    private Standing replace(Server server, BitSet taken, Ledger ledger) {
        Standing known = base.membership().find(server.id());
        if (known == null) {
            int slot = taken.nextClearBit(0);
            taken.set(slot);
            events.add(new PoolEvent(Kind.ADDED, server, "listed", now));
            Member member = new Member(ledger, server, slot, base.version(), now);
            return Standing.joined(version, member, server, slot, now);
        }
        if (known.server().equals(server)) return known;
        events.add(new PoolEvent(Kind.REPLACED, server, "was " + known.server(), now));
        if (known.server().sameAddress(server)) return known.described(version, server, now);
        Member member = new Member(ledger, server, known.member().firstSlot(), base.version(), now);
        return known.movedTo(version, member, server, now);
    }

    private boolean same(List<Standing> next) {
        Standing[] before = base.membership().standings();
        if (before.length != next.size()) return false;
        for (int i = 0; i < before.length; i++) if (before[i] != next.get(i)) return false;
        return true;
    }

    /** The tag {@code slot}, if each has a valid one of its own; else each its first one. */
    private void assignSlots(List<Standing> next) {
        int[] tagged = tagged(next);
        for (int i = 0; i < tagged.length; i++) {
            Standing each = next.get(i);
            int slot = tagged[i] >= 0 ? tagged[i] : each.member().firstSlot();
            next.set(i, each.atSlot(version, slot));
        }
    }

    private static int[] tagged(List<Standing> next) {
        int[] slots = new int[next.size()];
        BitSet seen = new BitSet();
        for (int i = 0; i < slots.length; i++) {
            slots[i] = slot(next.get(i).server().tags().get("slot"));
            if (slots[i] < 0 || seen.get(slots[i])) {
                java.util.Arrays.fill(slots, -1);
                return slots;
            }
            seen.set(slots[i]);
        }
        return slots;
    }

    private static int slot(@Nullable String tag) {
        if (tag == null || tag.isEmpty() || tag.length() > 5) return -1;
        for (int i = 0; i < tag.length(); i++) if (tag.charAt(i) < '0' || tag.charAt(i) > '9') return -1;
        int slot = Integer.parseInt(tag);
        return slot <= MAX_SLOT ? slot : -1;
    }

    private static void given(String what, @Nullable Object value) {
        if (value == null) throw new IllegalArgumentException(what + " must be given, was null");
    }
}
