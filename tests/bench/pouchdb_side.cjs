// The other side of P3 in its own folder of packages: PouchDB pushes to express-pouchdb, both on LevelDB, as they come.
//
// Run by bench_sync. A line each way: the number of documents -> documents a second of one push. The server is a
// process of its own, as our hub is.

const { fork } = require("node:child_process");
const path = require("node:path");
const readline = require("node:readline");
const { performance } = require("node:perf_hooks");
const PouchDB = require("pouchdb");

const [folder, role] = process.argv.slice(2);
const SIZE = 4000; // bytes of padding: about 4 KiB a document

function serve() {
  process.on("disconnect", () => process.exit()); // whoever asked is gone
  const app = require("express")();
  const Stored = PouchDB.defaults({ prefix: path.join(folder, "server") + path.sep });
  require("node:fs").mkdirSync(path.join(folder, "server"), { recursive: true });
  app.use("/", require("express-pouchdb")(Stored, { mode: "minimumForPouchDB", inMemoryConfig: true, logPath: path.join(folder, "log.txt") }));
  const server = app.listen(0, "127.0.0.1", () => process.send(server.address().port));
}

async function push(port, round, count) {
  const local = new PouchDB(path.join(folder, `local-${round}`));
  const note = "x".repeat(SIZE);
  await local.bulkDocs(Array.from({ length: count }, (_, at) => ({ _id: String(at).padStart(8, "0"), note })));
  const began = performance.now();
  const told = await local.replicate.to(`http://127.0.0.1:${port}/round-${round}`);
  const seconds = (performance.now() - began) / 1000;
  if (told.docs_written !== count) throw new Error(JSON.stringify(told));
  await local.close();
  return count / seconds;
}

async function main() {
  const server = fork(__filename, [folder, "server"]);
  const port = await new Promise((resolve) => server.once("message", resolve));
  let round = 0;
  for await (const line of readline.createInterface({ input: process.stdin })) {
    round += 1;
    console.log((await push(port, round, Number(line))).toFixed(1));
  }
  server.kill();
}

if (role === "server") serve();
else main();
