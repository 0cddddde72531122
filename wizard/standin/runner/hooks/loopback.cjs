// Loaded by every Node.js of a deployment: a server that asks for every address of the machine gets loopback alone.
"use strict";

const net = require("node:net");
const listen = net.Server.prototype.listen;
const everywhere = new Set([undefined, null, "", "0.0.0.0", "::"]);

function isPort(value) {
  return typeof value === "number" || (typeof value === "string" && /^\d+$/.test(value));
}

net.Server.prototype.listen = function (...args) {
  const first = args[0];
  if (isPort(first)) {
    if (typeof args[1] === "string" || args[1] === undefined || args[1] === null) {
      if (everywhere.has(args[1])) args[1] = "127.0.0.1";
    } else {
      args.splice(1, 0, "127.0.0.1");
    }
  } else if (first && typeof first === "object" && isPort(first.port) && everywhere.has(first.host)) {
    args[0] = { ...first, host: "127.0.0.1" };
  }
  return listen.apply(this, args);
};
