import { encodeFrame } from '../../../switch-drivers/transports/netconf/framing.ts';

const SEEDS = [
  '<rpc-reply message-id="1" xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><ok/></rpc-reply>',
  '<nc:rpc-reply xmlns:nc="urn:ietf:params:xml:ns:netconf:base:1.0" nc:a="b"><nc:data><a xmlns="u">1 &lt; 2 &#x41;</a></nc:data></nc:rpc-reply>',
  '<?xml version="1.0" encoding="UTF-8"?>\n<hello><capabilities><capability>urn:x</capability></capabilities></hello>',
  '<a><![CDATA[x<&y]]><!-- note --><?pi data?>ü</a>',
];
const TOKENS = [
  '<',
  '>',
  '/',
  '&',
  '"',
  "'",
  ']]>',
  ']]>]]>',
  '\n##\n',
  '\n#7\n',
  '#',
  '<!--',
  '-->',
  '<![CDATA[',
  '<!DOCTYPE a>',
  '&x;',
  '&#0;',
  'xmlns:a=""',
  '<?',
  '?>',
  '__proto__',
  'constructor',
  '\0',
  '\xff',
  ' xmlns="q"',
  '=',
  '<a>',
  '</a>',
  ':',
];

/** A small generator with a fixed start (mulberry32), so that a failure can be seen again. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** Streams of two messages with bytes changed, cut out, doubled, and pieces of the syntax put in. */
export function* mutations(count: number): Generator<{ bytes: Buffer; cut: number; chunked: boolean }> {
  const pick = random(20_260_101);
  for (let index = 0; index < count; index += 1) {
    const chunked = pick(2) === 0;
    const framing = chunked ? 'chunked' : 'end-of-message';
    let bytes = Buffer.concat([0, 1].map(() => encodeFrame(SEEDS[pick(SEEDS.length)]!, framing)));
    for (let round = pick(4); round > 0; round -= 1) {
      const at = pick(bytes.length);
      const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
      const how = pick(4);
      if (how === 0) bytes = Buffer.concat([before, Buffer.from([pick(256)]), after.subarray(1)]);
      else if (how === 1) bytes = Buffer.concat([before, Buffer.from(TOKENS[pick(TOKENS.length)]!, 'latin1'), after]);
      else if (how === 2) bytes = Buffer.concat([before, after.subarray(pick(20))]);
      else bytes = Buffer.concat([before, after.subarray(0, pick(30)), after]);
      if (bytes.length === 0) bytes = Buffer.from('x');
    }
    yield { bytes, cut: pick(bytes.length), chunked };
  }
}
