// Asks an endpoint a query by Comunica: node query.mjs ENDPOINT QUERY; prints the values of the first variable as JSON.
import { QueryEngine } from "@comunica/query-sparql";

const [endpoint, query] = process.argv.slice(2);
const engine = new QueryEngine();
const stream = await engine.queryBindings(query, { sources: [{ type: "sparql", value: endpoint }] });
const rows = await stream.toArray();
console.log(JSON.stringify(rows.map((row) => [...row][0][1].value)));
