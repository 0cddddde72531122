// Loaded by every Node.js of a deployment: a server that asks for every address of the machine gets loopback alone.
"use strict";

const net = require("node:net");
const listen = net.Server.prototype.listen;
const everywhere = new Set([undefined, null, "", "0.0.0.0", "::"]);

function isPort(value) {
  return typeof value === "number" || (typeof value === "string" && /^\d+$/.test(value));
}

// A program that opens the port its service declares is given the free port that PORT names.
function realPort(value) {
  const declared = process.env.RAILWIZARD_DECLARED_PORT;
  return declared && String(value) === declared ? Number(process.env.PORT) : value;
}

net.Server.prototype.listen = function (...args) {
  const first = args[0];
  if (isPort(first)) {
    args[0] = realPort(first);
    if (typeof args[1] === "string" || args[1] === undefined || args[1] === null) {
      if (everywhere.has(args[1])) args[1] = "127.0.0.1";
    } else {
      args.splice(1, 0, "127.0.0.1");
    }
  } else if (first && typeof first === "object" && isPort(first.port)) {
    const host = everywhere.has(first.host) ? "127.0.0.1" : first.host;
    args[0] = { ...first, host, port: realPort(first.port) };
  }
  return listen.apply(this, args);
};
