package org.lb4j.sim;

/** Shares of the traffic over time. */
final class ShareSeries {
    private final double slice;
    private final double[][] servers;
    private final double[] faulty;

    ShareSeries(double slice, double[][] servers, double[] faulty) {
        this.slice = slice;
        this.servers = servers;
        this.faulty = faulty;
    }

    /** Seconds of one slice. */
    double slice() {
        return slice;
    }

    /** By server and slice. */
    double[][] servers() {
        return servers;
    }

    /** Of the watched servers together, by slice. */
    double[] faulty() {
        return faulty;
    }

    /** Seconds from the fault until the watched servers get less than half of what they got before; NaN: never. */
    double noticed(Fault fault) {
        double half = before(fault) / 2;
        for (int i = index(fault.from()); i < Math.min(index(fault.to()), faulty.length); i++)
            if (faulty[i] < half) return Math.max(0, (i + 1) * slice - fault.from());
        return Double.NaN;
    }

    /** Seconds from the end of the fault until they get four fifths of it again, two slices running; NaN: never. */
    double recovered(Fault fault) {
        double enough = before(fault) * 0.8;
        for (int i = index(fault.to()); i + 1 < faulty.length; i++)
            if (faulty[i] >= enough && faulty[i + 1] >= enough) return Math.max(0, (i + 1) * slice - fault.to());
        return Double.NaN;
    }

    private double before(Fault fault) {
        int end = Math.max(1, index(fault.from()));
        int begin = end / 2;
        double sum = 0;
        for (int i = begin; i < end; i++) sum += faulty[i];
        return sum / (end - begin);
    }

    private int index(double seconds) {
        return (int) StrictMath.round(seconds / slice);
    }
}
