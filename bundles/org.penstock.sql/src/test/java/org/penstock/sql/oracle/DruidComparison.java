package org.penstock.sql.oracle;

import com.alibaba.druid.DbType;
import com.alibaba.druid.sql.SQLUtils;
import com.alibaba.druid.sql.ast.SQLStatement;
import com.alibaba.druid.sql.visitor.SchemaStatVisitor;
import com.alibaba.druid.stat.TableStat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.penstock.sql.Dialect;
import org.penstock.sql.Structure;
import org.penstock.sql.StructureScanner;

/** A second opinion on tables, columns and functions, from a parser of others. Not part of the build: the README has the command. */
final class DruidComparison {

    private static final Set<String> WITHOUT_BRACKETS = Set.of(
            "current_user",
            "current_role",
            "current_date",
            "current_time",
            "current_timestamp",
            "localtime",
            "localtimestamp",
            "utc_date",
            "utc_time",
            "utc_timestamp");

    private final StructureScanner scanner = new StructureScanner();
    private int compared;
    private int parsed;
    private final List<String> tables = new ArrayList<>();
    private final List<String> columns = new ArrayList<>();
    private final List<String> functions = new ArrayList<>();

    @Test
    void compare() throws IOException {
        for (Path file : OracleCorpus.files()) {
            for (String text : MysqlTestFile.statements(file)) {
                String verb = text.split("[\\s(]+", 2)[0].toLowerCase(Locale.ROOT);
                if (Set.of("select", "insert", "update", "delete", "replace", "with")
                        .contains(verb)) {
                    compare(text);
                }
            }
        }
        System.out.println(compared + " compared, parsed " + parsed + ", tables differ " + tables.size()
                + ", columns missed " + columns.size() + ", functions missed " + functions.size());
        tables.stream().limit(40).forEach(each -> System.out.println("table " + each));
        columns.stream().limit(40).forEach(each -> System.out.println("column " + each));
        functions.stream().limit(20).forEach(each -> System.out.println("function " + each));
    }

    private void compare(String text) {
        SchemaStatVisitor visitor = SQLUtils.createSchemaStatVisitor(DbType.mysql);
        try {
            List<SQLStatement> statements = SQLUtils.parseStatements(text, DbType.mysql);
            if (statements.size() != 1) {
                return;
            }
            statements.get(0).accept(visitor);
        } catch (RuntimeException notParsed) {
            return;
        }
        byte[] sql = text.getBytes(StandardCharsets.UTF_8);
        Structure structure = scanner.scan(sql, 0, sql.length, Dialect.DEFAULT, 0);
        compared++;
        parsed += structure.grade() == Structure.Grade.PARSED ? 1 : 0;
        Set<String> theirs = new TreeSet<>();
        for (TableStat.Name name : visitor.getTables().keySet()) {
            theirs.add(plain(name.getName()));
        }
        Set<String> ours = new TreeSet<>();
        structure.tables().forEach(table -> ours.add(plain(table.toString())));
        String line = text.replace('\n', ' ');
        if (!ours.equals(theirs)) {
            tables.add("ours " + ours + " theirs " + theirs + ": " + line);
        }
        Set<String> ourFields = new TreeSet<>();
        structure.fields().forEach(field -> ourFields.add(field.column().toLowerCase(Locale.ROOT)));
        Set<String> ourFunctions = new TreeSet<>();
        structure.functions().forEach(function -> ourFunctions.add(plain(function.name())));
        Set<String> missing = new TreeSet<>();
        visitor.getColumns().forEach(column -> {
            String name = plain(column.getName());
            // its * is that of COUNT(*) too, and it takes variables, collations and CURRENT_USER for columns
            if (!ourFields.contains(name)
                    && !name.equals("*")
                    && !ourFunctions.contains(name)
                    && !isNoColumn(name, line)) {
                missing.add(name);
            }
        });
        if (!missing.isEmpty()) {
            columns.add(missing + ": " + line);
        }
        Set<String> missingFunctions = new TreeSet<>();
        visitor.getFunctions().forEach(function -> {
            String name = plain(function.getMethodName() == null ? "" : function.getMethodName());
            if (!ourFunctions.contains(name)) {
                missingFunctions.add(name);
            }
        });
        if (!missingFunctions.isEmpty()) {
            functions.add(missingFunctions + ": " + line);
        }
    }

    private static boolean isNoColumn(String name, String text) {
        return WITHOUT_BRACKETS.contains(name)
                || Pattern.compile(
                                "(?:COLLATE\\s++|@@?+)(?:(?:session|global|local)\\s*+\\.\\s*+)?+[`'\"]?+"
                                        + Pattern.quote(name),
                                Pattern.CASE_INSENSITIVE)
                        .matcher(text)
                        .find();
    }

    private static String plain(String name) {
        return name.replace("`", "").replace("\"", "").replace("'", "").toLowerCase(Locale.ROOT);
    }
}
