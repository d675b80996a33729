package org.penstock.core.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.penstock.api.command.Answer;
import org.penstock.api.command.Command;
import org.penstock.api.command.PartVerdict;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.command.ReplyPart;
import org.penstock.api.command.Verdict;
import org.penstock.api.filter.Filter;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.session.SessionContext;

/** Keeps the replies to statements that say so, per session, and answers the next ones with them. */
final class CachingProbe implements Filter {
    @Override
    public FilterSession open(SessionContext session) {
        return new Part();
    }

    private static final class Part extends ProbeBench.Watching {
        private final Map<String, List<byte[]>> kept = new HashMap<>();
        private final Map<Long, String> asked = new HashMap<>();
        private final Map<Long, List<byte[]>> arriving = new HashMap<>();

        @Override
        public Verdict onCommand(Command command, Holds holds) {
            String sql = command.hasSql() ? command.sql() : "";
            if (sql.contains("/*rows*/")) {
                return Verdict.answer(
                        Answer.rows(List.of("a", "b"), List.of(Arrays.asList("1", null), List.of("", "zwölf"))));
            }
            if (!sql.contains("/*cached*/")) {
                return Verdict.forward();
            }
            List<byte[]> known = kept.get(sql);
            if (known != null) {
                return Verdict.answer(new Answer.Packets(known));
            }
            asked.put(command.number(), sql);
            return Verdict.forward(ReplyInterest.ROWS);
        }

        @Override
        public PartVerdict onReply(ReplyPart part) {
            if (part.kind() != ReplyPart.Kind.END) {
                arriving.computeIfAbsent(part.command(), number -> new ArrayList<>())
                        .add(part.payload().bytes());
                return PartVerdict.pass();
            }
            String sql = asked.remove(part.command());
            List<byte[]> packets = arriving.remove(part.command());
            if (sql != null && packets != null && part.error() == 0) {
                kept.put(sql, packets);
            }
            return PartVerdict.pass();
        }
    }
}
