/** RFC 6241 section 3.1: the namespace of every NETCONF protocol element. */
export const NETCONF = 'urn:ietf:params:xml:ns:netconf:base:1.0';
/** Namespaces in XML 1.0, section 3: bound to the prefix `xml` always. */
export const XML = 'http://www.w3.org/XML/1998/namespace';
export const XMLNS = 'http://www.w3.org/2000/xmlns/';
