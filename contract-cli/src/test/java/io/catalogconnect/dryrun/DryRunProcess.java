package io.catalogconnect.dryrun;

/** Answers as the module dry-run does, which is not on this class path. Its own tests run the commands with the plugins. */
public final class DryRunProcess {
    private static final String INSPECTION = """
            {"rows": 12, "malformedRows": 1, "hints": ["the file has no date"],
             "columns": [{"name": "id", "type": "int64", "nulls": 0}, {"name": "total", "type": "decimal(38,9)?", "nulls": 2}],
             "connector": {"name": "a-source", "config": {
               "topic": "a", "csv.delimiter": ";", "columns": "id:int64,total:decimal(38,9)?", "trim": "true"}}}
            """;
    private static final String TRIAL = """
            {"rows": 200, "malformedRows": 2, "malformed": ["row 7 has 3 cells"],
             "rules": [
               {"name": "products.raw", "matching": 198, "undecided": 0, "firstMatching": [{"row": 1}]},
               {"name": "products.team-a", "matching": 150, "undecided": 0,
                "firstMatching": [{"row": 1}, {"row": 2}, {"row": 3}, {"row": 4}]},
               {"name": "products.team-b", "matching": 0, "undecided": 3, "firstMatching": [],
                "firstUndecided": {"row": 9, "reason": "year_release is null"}}]}
            """;

    private DryRunProcess() {}

    /** Answers one request. */
    public static String answer(String request) {
        if (request.contains("absent.csv")) {
            return "{\"error\": \"absent.csv does not exist\"}";
        }
        if (request.contains("undeclared.csv")) {
            return INSPECTION.replace("id:int64", "id:string");
        }
        return request.contains("\"connector\"") ? TRIAL : INSPECTION;
    }
}
