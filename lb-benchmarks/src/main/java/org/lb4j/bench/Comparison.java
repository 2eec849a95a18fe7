package org.lb4j.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The figures of one run, row by row: ours, its floor, its peers. */
final class Comparison {
    /**
     * A peer's figure.
     *
     * @param name whose
     * @param figure what
     */
    record Rival(String name, Figure figure) {}

    /**
     * One row.
     *
     * @param goal what was asked for
     * @param ours our figure
     * @param floor nanoseconds of the floor
     * @param rivals peers, the fastest first
     */
    record Row(Goal goal, Figure ours, double floor, List<Rival> rivals) {
        double ofFloor() {
            return ours.nanos() / floor;
        }

        /** NaN: there is no peer. */
        double ofFastest() {
            return rivals.isEmpty()
                    ? Double.NaN
                    : ours.nanos() / rivals.get(0).figure().nanos();
        }

        /** Whether it has a goal that can be told from these figures. */
        boolean judged() {
            return !Double.isNaN(goal.ofFloor()) || !Double.isNaN(goal.ofPeers()) && !rivals.isEmpty();
        }

        boolean reached() {
            return !(ofFloor() > goal.ofFloor()) && !(ofFastest() > goal.ofPeers());
        }
    }

    private final List<Row> rows = new ArrayList<>();

    Comparison(List<Goal> goals, List<PeerSpot> peers, Map<Spot, Figure> figures) {
        for (Goal goal : goals) rows.add(row(goal, peers, figures));
    }

    List<Row> rows() {
        return rows;
    }

    private static Row row(Goal goal, List<PeerSpot> peers, Map<Spot, Figure> figures) {
        double floor = 0;
        for (Floor each : goal.floor())
            floor += figure(figures, Spot.floor(each, goal.threads())).nanos();
        List<Rival> rivals = new ArrayList<>();
        for (PeerSpot peer : peers)
            if (peer.answers(goal) && figures.containsKey(peer.spot()))
                rivals.add(new Rival(peer.peer(), figure(figures, peer.spot())));
        rivals.sort(Comparator.comparingDouble(rival -> rival.figure().nanos()));
        return new Row(goal, figure(figures, goal.spot()), floor, rivals);
    }

    private static Figure figure(Map<Spot, Figure> figures, Spot spot) {
        Figure figure = figures.get(spot);
        if (figure == null) throw new IllegalStateException("not measured: " + spot);
        return figure;
    }
}
