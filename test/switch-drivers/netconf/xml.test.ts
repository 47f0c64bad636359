import fc from 'fast-check';
import { expect, test } from 'vitest';
import { element, isText } from '../../../switch-drivers/transports/netconf/xml/element.ts';
import { NETCONF } from '../../../switch-drivers/transports/netconf/xml/namespaces.ts';
import { parseXml } from '../../../switch-drivers/transports/netconf/xml/parse.ts';
import { attributeOf, childOf, textOf } from '../../../switch-drivers/transports/netconf/xml/read.ts';
import { writeXml } from '../../../switch-drivers/transports/netconf/xml/write.ts';
import { isFabricError } from '../../../topology/error/fabric-error.ts';

test('any text that XML can carry comes back as it was, in content and in attributes', { timeout: 300_000 }, () => {
  const nasty = fc.constantFrom(
    ']]>]]>',
    '<b/>',
    '&amp;',
    '"',
    "'",
    '\r\n',
    '\t',
    '\n##\n',
    '$(reboot)',
    '<![CDATA[',
    '-->',
  );
  const words = fc
    .array(fc.oneof(nasty, fc.string({ unit: 'binary' })), { maxLength: 6 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(words.filter(isText), words.filter(isText), (content, value) => {
      const built = element('urn:a', 'a', content, { attributes: [{ name: 'b', ns: '', value }] });
      const wire = writeXml(built);
      expect(wire).not.toContain(']]>');
      const parsed = parseXml(wire);
      expect(parsed.children).toEqual(content === '' ? [] : [content]);
      expect(attributeOf(parsed, 'b')).toBe(value);
    }),
    { numRuns: 100 },
  );
});

test('namespaces: prefixes of the sender do not matter, scopes and values with prefixes are kept', () => {
  const parsed = parseXml(
    '<x:a xmlns:x="urn:1" xmlns:t="urn:t"><b xmlns="urn:2" x:c="1" c="2"/><t:d>t:kind</t:d></x:a>',
  );
  expect([parsed.name, parsed.ns]).toEqual(['a', 'urn:1']);
  const b = childOf(parsed, 'b', 'urn:2')!;
  expect([attributeOf(b, 'c', 'urn:1'), attributeOf(b, 'c')]).toEqual(['1', '2']);
  const again = parseXml(writeXml(childOf(parsed, 'd', 'urn:t')!));
  expect([textOf(again), again.scope.get('t'), again.ns]).toEqual(['t:kind', 'urn:t', 'urn:t']);
  expect(parseXml(writeXml(parsed))).toMatchObject({
    name: 'a',
    children: [{ name: 'b' }, { name: 'd', ns: 'urn:t' }],
  });
});

test('the operation attribute is written in the NETCONF namespace', () => {
  const wire = writeXml(
    element('urn:a', 'a', [], { attributes: [{ name: 'operation', ns: NETCONF, value: 'delete' }] }),
  );
  expect(wire).toContain(`<a xmlns="urn:a" xmlns:nc="${NETCONF}" nc:operation="delete"/>`);
});

test.each([
  '<a>',
  '<a/><b/>',
  '<a/>x',
  '<a/>x<!-- -->',
  '<![CDATA[a]]>',
  'x',
  '',
  '<a b="1" b="2"/>',
  '<a b=c/>',
  '<a b="<"/>',
  '<a>&x;</a>',
  '<a>&</a>',
  '<a>&#0;</a>',
  '<p:a/>',
  '<a p:b="1"/>',
  '<a:b:c xmlns:a="u"/>',
  '<a xmlns:x=""/>',
  '<a xmlns:xml="u"/>',
  '<a>\u0001</a>',
  '<a><b></a></b>',
  '<__proto__/>',
  '<a constructor="1"/>',
  '<a>&#xD800;</a>',
  '<!X/><a/>',
  '<a><!-- </a>',
  '<a><![CDATA[ </a>',
  '<a',
])('refuses %j', (text) => {
  expect(() => parseXml(text)).toThrow(expect.objectContaining({ code: 'netconf_malformed' }));
});

test('CDATA is text, comments and processing instructions are nothing', () => {
  expect(parseXml('\n<?xml version="1.0"?><!-- a --><a>1<![CDATA[<b>&amp;]]><?p i?>2</a>\n').children).toEqual([
    '1<b>&amp;2',
  ]);
});

test('a document type is refused at once, whatever it would expand to', () => {
  const entities = Array.from({ length: 20 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join('');
  const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "lol">${entities}]><a>&e20;</a>`;
  const external = '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>';
  for (const text of [bomb, external, `<a>${bomb}</a>`]) {
    expect(() => parseXml(text)).toThrow(expect.objectContaining({ code: 'netconf_malformed' }));
  }
});

test('depth, size of a tag: bounded', () => {
  const codes = ['<a>'.repeat(100_000), `<a ${'b="1" '.repeat(30_000)}/>`].map((text) => {
    try {
      parseXml(text);
      return 'none';
    } catch (error) {
      return isFabricError(error) ? error.code : `${error}`;
    }
  });
  expect(codes).toEqual(['netconf_malformed', 'netconf_too_large']);
});

test.each(['a b', 'a>', '', '1a', 'a:b', 'a"'])('%j is no name to build with', (name) => {
  expect(() => element('urn:a', name)).toThrow(expect.objectContaining({ code: 'switch_unsafe_text' }));
});

test.each(['\0', '\x1b[31m', '\ud800', '\ufffe'])('%j cannot be put into XML', (value) => {
  expect(() => element('urn:a', 'a', value)).toThrow(expect.objectContaining({ code: 'switch_unsafe_text' }));
});
