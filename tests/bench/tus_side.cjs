// The server of P5's other side in its own folder of packages: @tus/server with its file store, as they come.
//
// Run by bench_sync; prints its port.

const http = require("node:http");
const { Server } = require("@tus/server");
const { FileStore } = require("@tus/file-store");

const tus = new Server({ path: "/files", datastore: new FileStore({ directory: process.argv[2] }) });
const server = http.createServer((request, response) => tus.handle(request, response));
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
