// Runs Comunica: `node ask.mjs FOLDER REQUESTS`, where FOLDER has node_modules and REQUESTS is JSON:
// [{query, source, form, token}]. Prints the answers as JSON.
import { createRequire } from "node:module";

const [folder, requests] = process.argv.slice(2);
const { QueryEngine } = createRequire(`${folder}/`)("@comunica/query-sparql");
const engine = new QueryEngine();

const plain = (term) => term.value;

async function answer({ query, source, form, token }) {
  const context = { sources: [source] };
  if (token) {
    context.fetch = (input, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set("Authorization", `Bearer ${token}`);
      return fetch(input, { ...init, headers });
    };
    context.destination = source;
  }
  switch (form) {
    case "ask":
      return engine.queryBoolean(query, context);
    case "construct": {
      const quads = await (await engine.queryQuads(query, context)).toArray();
      return quads.map((quad) => [quad.subject, quad.predicate, quad.object].map(plain));
    }
    case "update":
      await engine.queryVoid(query, context);
      return null;
    default: {
      const rows = await (await engine.queryBindings(query, context)).toArray();
      return rows.map((row) => Object.fromEntries([...row].map(([name, term]) => [name.value, term.value])));
    }
  }
}

const answers = [];
for (const request of JSON.parse(requests)) {
  answers.push(await answer(request));
}
console.log(JSON.stringify(answers));
