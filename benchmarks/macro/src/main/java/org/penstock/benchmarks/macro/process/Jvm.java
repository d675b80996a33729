package org.penstock.benchmarks.macro.process;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.penstock.benchmarks.macro.BenchmarkException;

/**
 * A look into a JVM of the same user by its management interface. Attaching loads classes and starts threads there: not while CPU time is
 * measured.
 */
public final class Jvm implements AutoCloseable {
    private static final String LOOPS = "-loop-";
    private static final Pattern COMMITTED = Pattern.compile("(?m)^- +(?:Other|Internal) .*committed=(\\d+)KB");
    private static final int KIB = 1024;
    private static final int MOST_COLLECTIONS = 10;
    private static final long FREED = 32 * KIB;
    private static final long SETTLE_MILLIS = 300;

    private final JMXConnector connector;
    private final MBeanServerConnection connection;

    private Jvm(JMXConnector connector, MBeanServerConnection connection) {
        this.connector = connector;
        this.connection = connection;
    }

    /** The address is that of an agent which this method has started itself, on this machine. */
    @SuppressWarnings("BanJNDI")
    public static Jvm attach(long pid) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            String address;
            try {
                address = machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
            JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
            return new Jvm(connector, connector.getMBeanServerConnection());
        } catch (AttachNotSupportedException | IOException e) {
            throw new BenchmarkException(
                    "JVM " + pid + " lets nobody attach: " + e + "; run as its user, with a JDK of its version", e);
        }
    }

    /** Bytes that the event loops have allocated since they were started. */
    public long allocatedByLoops() {
        try {
            ThreadMXBean threads = ManagementFactory.newPlatformMXBeanProxy(
                    connection, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
            long[] ids = threads.getAllThreadIds();
            ThreadInfo[] infos = threads.getThreadInfo(ids);
            long[] bytes = threads.getThreadAllocatedBytes(ids);
            long sum = 0;
            for (int index = 0; index < ids.length; index++) {
                if (infos[index] != null && infos[index].getThreadName().contains(LOOPS)) {
                    sum += bytes[index];
                }
            }
            return sum;
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** Bytes of heap in use after full collections, once one more frees nothing that counts. */
    public long liveHeap() {
        try {
            MemoryMXBean memory = ManagementFactory.newPlatformMXBeanProxy(
                    connection, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
            long before = Long.MAX_VALUE;
            for (int collection = 0; collection < MOST_COLLECTIONS; collection++) {
                memory.gc();
                long used = memory.getHeapMemoryUsage().getUsed();
                if (before - used < FREED) {
                    return used;
                }
                before = used;
                Pause.millis(SETTLE_MILLIS);
            }
            return before;
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** Bytes that native memory tracking counts as direct buffers and what manages them; the JVM must run with it. */
    public long directMemory() {
        try {
            Object said = connection.invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "vmNativeMemory",
                    new Object[] {new String[] {"summary", "scale=KB"}},
                    new String[] {String[].class.getName()});
            Matcher matcher = COMMITTED.matcher(said.toString());
            long sum = 0;
            while (matcher.find()) {
                sum += Long.parseLong(matcher.group(1)) * KIB;
            }
            if (sum == 0) {
                throw new BenchmarkException(
                        "no native memory tracking: the JVM runs without -XX:NativeMemoryTracking=summary");
            }
            return sum;
        } catch (IOException | JMException e) {
            throw lost(e);
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException ended) {
            // The process has ended before.
        }
    }

    private static BenchmarkException lost(Exception cause) {
        return new BenchmarkException("the JVM does not answer: " + cause, cause);
    }
}
