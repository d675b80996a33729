import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;

/**
 * Handshakes and bytes per second of CPU of the two TLS providers, without sockets: {@code java -cp 'runtime/target/penstock/system/*' benchmarks/TlsEngines.java CERT
 * KEY SECONDS}. A client's and a server's engine of the same provider talk through buffers, on one thread; each figure is the best of three rounds after one that warms up.
 */
final class TlsEngines {
    private static final int CHUNK = 16 * 1024;
    private static final int ROOM = 64 * 1024;
    private static final int ROUNDS = 4;
    private static final ByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

    private final SslContext server;
    private final SslContext client;
    private final ByteBuffer toServer = ByteBuffer.allocateDirect(ROOM);
    private final ByteBuffer toClient = ByteBuffer.allocateDirect(ROOM);
    private final ByteBuffer plain = ByteBuffer.allocateDirect(ROOM);

    private TlsEngines(SslProvider provider, String version, String certificate, String key) throws Exception {
        server = SslContextBuilder.forServer(new File(certificate), new File(key))
                .sslProvider(provider)
                .protocols(version)
                .build();
        client = SslContextBuilder.forClient()
                .sslProvider(provider)
                .protocols(version)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm(null)
                .build();
    }

    public static void main(String[] args) throws Exception {
        long nanos = Long.parseLong(args[2]) * 1_000_000_000L;
        for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
            for (SslProvider provider : new SslProvider[] {SslProvider.JDK, SslProvider.OPENSSL_REFCNT}) {
                TlsEngines engines = new TlsEngines(provider, version, args[0], args[1]);
                double handshakes = 0;
                double bytes = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    double one = engines.handshakes(nanos);
                    double other = engines.bytes(nanos);
                    handshakes = round == 0 ? 0 : Math.max(handshakes, one);
                    bytes = round == 0 ? 0 : Math.max(bytes, other);
                }
                System.out.printf(
                        "%s %-14s %8.0f handshakes/s of CPU, %8.0f MB/s of CPU (one side encrypts, the other decrypts)%n",
                        version, provider, handshakes, bytes / 1e6);
            }
        }
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private double handshakes(long nanos) throws Exception {
        long begin = cpu();
        long count = 0;
        while (cpu() - begin < nanos) {
            // Another port each time, so that no session is resumed.
            SSLEngine[] pair = connected((int) (count % 60_000) + 1);
            ReferenceCountUtil.release(pair[0]);
            ReferenceCountUtil.release(pair[1]);
            count++;
        }
        return count * 1e9 / (cpu() - begin);
    }

    private double bytes(long nanos) throws Exception {
        SSLEngine[] pair = connected(60_001);
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
        long begin = cpu();
        long count = 0;
        while (cpu() - begin < nanos) {
            chunk.clear();
            while (chunk.hasRemaining()) {
                pair[0].wrap(chunk, toServer);
            }
            drain(toServer, pair[1]);
            count += CHUNK;
        }
        double rate = count * 1e9 / (cpu() - begin);
        ReferenceCountUtil.release(pair[0]);
        ReferenceCountUtil.release(pair[1]);
        return rate;
    }

    private SSLEngine[] connected(int port) throws Exception {
        SSLEngine from = client.newEngine(ALLOCATOR, "localhost", port);
        SSLEngine to = server.newEngine(ALLOCATOR);
        toServer.clear();
        toClient.clear();
        from.beginHandshake();
        to.beginHandshake();
        for (int quiet = 0; quiet < 2; ) {
            boolean moved = step(from, toServer, toClient) | step(to, toClient, toServer);
            quiet = moved ? 0 : quiet + 1;
        }
        return new SSLEngine[] {from, to};
    }

    private boolean step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws Exception {
        boolean moved = in.position() > 0;
        drain(in, engine);
        while (true) {
            tasks(engine);
            SSLEngineResult result = engine.wrap(ByteBuffer.allocate(0), out);
            if (result.bytesProduced() == 0 && engine.getHandshakeStatus() != SSLEngineResult.HandshakeStatus.NEED_TASK) {
                return moved;
            }
            moved = true;
        }
    }

    private void drain(ByteBuffer in, SSLEngine engine) throws Exception {
        in.flip();
        while (in.hasRemaining()) {
            plain.clear();
            SSLEngineResult result = engine.unwrap(in, plain);
            tasks(engine);
            if (result.bytesConsumed() == 0 && result.getStatus() != SSLEngineResult.Status.OK) {
                break;
            }
            if (result.bytesConsumed() == 0
                    && engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP) {
                break;
            }
        }
        in.compact();
    }

    private static void tasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }
}
