package org.penstock.itests.probe.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.penstock.api.command.Answer;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.PartVerdict;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.command.ReplyPart;
import org.penstock.api.command.Verdict;
import org.penstock.api.filter.Filter;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.session.SessionContext;

/** Keeps the replies to marked statements and answers from them. */
public final class CacheFilter implements Filter {
    private final Map<String, List<byte[]>> kept = new ConcurrentHashMap<>();

    public CacheFilter(Map<String, Object> properties) {}

    @Override
    public FilterSession open(SessionContext session) {
        return new FilterSession() {
            private final List<byte[]> packets = new ArrayList<>();
            private String key = "";

            @Override
            public CommandInterest interest() {
                return CommandInterest.head(256);
            }

            @Override
            public Verdict onCommand(Command command, Holds holds) {
                if (!command.hasSql() || !command.sql().contains("/*cached*/")) {
                    return Verdict.forward();
                }
                key = session.capabilities() + command.sql();
                List<byte[]> known = kept.get(key);
                if (known != null) {
                    return Verdict.answer(new Answer.Packets(known));
                }
                packets.clear();
                return Verdict.forward(ReplyInterest.ROWS);
            }

            @Override
            public PartVerdict onReply(ReplyPart part) {
                if (part.kind() == ReplyPart.Kind.END) {
                    kept.put(key, List.copyOf(packets));
                } else {
                    packets.add(part.payload().bytes());
                }
                return PartVerdict.pass();
            }
        };
    }
}
