/** `switchyard/lldp`: LLDP (IEEE 802.1AB) codec, and readers of the captures it is found in. */
export type { Capture, CapturedFrame } from './capture/model.ts';
export { readCapture } from './capture.ts';
export type { Lldpdu, LldpError } from './decode.ts';
export { decode, decodeTlv } from './decode.ts';
export { describeFrame, describeLldpdu, describeTlv, lldpOf } from './describe.ts';
export { encode, encodeTlv } from './encode.ts';
export type { LldpFrame } from './ethernet.ts';
export { buildFrame, LLDP_ETHERTYPE, LLDP_MULTICAST, parseFrame } from './ethernet.ts';
export { addressText, idText } from './id-text.ts';
export type { LldpRaw } from './lldp-raw.ts';
export { decodeLldpRaw, encodeLldpRaw } from './lldp-raw.ts';
export { capabilityNames, chassisSubtypeName, portSubtypeName } from './names.ts';
export type * from './tlv/basic.ts';
export type * from './tlv/dot1.ts';
export type * from './tlv/dot3.ts';
export type * from './tlv/med.ts';
export type { MalformedTlv, OrgSpecificTlv, Tlv, UnknownTlv } from './tlv/tlv.ts';
