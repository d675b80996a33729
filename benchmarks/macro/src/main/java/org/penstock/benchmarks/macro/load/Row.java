package org.penstock.benchmarks.macro.load;

/** One row of the result: a workload with a number of clients. */
public record Row(Workload workload, int clients) {
    @Override
    public String toString() {
        return workload.word() + ", " + clients + (clients == 1 ? " client" : " clients");
    }
}
