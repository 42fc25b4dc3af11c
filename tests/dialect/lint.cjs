// Reads [{name, text, parameters}] and writes [{name, dialect, line, message}] for all that Neo4j's linter objects to.
const { readFileSync } = require("node:fs");
const { lintCypherQuery } = require("@neo4j-cypher/language-support");

const found = [];
for (const { name, text, parameters } of JSON.parse(readFileSync(0, "utf8"))) {
  for (const dialect of ["CYPHER 5", "CYPHER 25"]) {
    const { diagnostics } = lintCypherQuery(text, { defaultLanguage: dialect, parameters }, {});
    for (const { message, range } of diagnostics) {
      found.push({ name, dialect, line: range.start.line + 1, message });
    }
  }
}
process.stdout.write(JSON.stringify(found));
