import type { XmlElement } from '../../transports/netconf/xml/element.ts';
import { parseXml } from '../../transports/netconf/xml/parse.ts';
import { writeXml } from '../../transports/netconf/xml/write.ts';

/** Elements that the model has no meaning for, kept in `SimPortConfig.extra` with the place that they stand in. */
export function toExtra(place: string, elements: readonly XmlElement[]): string[] {
  return elements.map((element) => `${place} ${writeXml(element).replace(/^<\?xml[^>]*>\s*/, '')}`);
}

export function fromExtra(place: string, extra: readonly string[]): XmlElement[] {
  return extra.filter((text) => text.startsWith(`${place} <`)).map((text) => parseXml(text.slice(place.length + 1)));
}
