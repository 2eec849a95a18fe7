package org.lb4j;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Edits as the user's code asked for them, to be asked again if another change comes between. */
final class RecordedChange implements Change {
    private final Draft preview;
    private final List<Consumer<Draft>> edits = new ArrayList<>();

    RecordedChange(Draft preview) {
        this.preview = preview;
    }

    void replay(Draft draft) {
        for (Consumer<Draft> edit : edits) edit.accept(draft);
    }

    @Override
    public boolean hold(String serverId, Hold reason) {
        boolean known = preview.hold(serverId, reason); // throws if it may not be
        edits.add(draft -> draft.hold(serverId, reason));
        return known;
    }

    @Override
    public boolean release(String serverId, Hold reason) {
        boolean known = preview.release(serverId, reason); // throws if it may not be
        edits.add(draft -> draft.release(serverId, reason));
        return known;
    }

    @Override
    public boolean scale(String serverId, String source, double factor) {
        boolean known = preview.scale(serverId, source, factor); // throws if it may not be
        edits.add(draft -> draft.scale(serverId, source, factor));
        return known;
    }
}
