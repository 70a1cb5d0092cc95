// Loaded into a process by NODE_OPTIONS=--import: all of the web is a server on loopback, and the clock is another.
import http from 'node:http';
import https from 'node:https';
import { connect } from 'node:net';

const { WEB_PORT, CLOCK_AHEAD } = process.env;

for (const { prototype } of [http.Agent, https.Agent]) {
  const usual = prototype.createConnection;
  prototype.createConnection = function (options, ...more) {
    if (/^127\.|^localhost$/.test(options.host ?? '')) return usual.call(this, options, ...more);
    // Without TLS, and as if at a public address: who asks is told by the Host header.
    const socket = connect(Number(WEB_PORT), '127.0.0.1');
    Object.defineProperty(socket, 'remoteAddress', { value: '93.184.216.34' });
    socket.once('connect', () => socket.emit('secureConnect'));
    return socket;
  };
}

const ahead = Number(CLOCK_AHEAD);
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + ahead);
    else super(...given);
  }
  static now() {
    return RealDate.now() + ahead;
  }
};
