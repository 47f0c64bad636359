import type { LineRule } from '../../transports/ssh-cli/text/read-lines.ts';

/** Lines of `show lldp neighbors detail` about what we do not model: capabilities, the physical layer, power, LLDP-MED. */
export const neighborChatter: readonly LineRule[] = [
  /^Total entries displayed: \d+$/,
  /^(?:Port Description|System Name|System Description|System Capabilities|Enabled Capabilities) - not advertised$/i,
  /^(?:System|Enabled) Capabilities:(?: [RBTCWPSO](?:,[RBTCWPSO])*)?$/i,
  /^ +(?:OID:|Other: .*|Other)$/,
  /^ +\d[\d.]*$/,
  // IEEE 802.1 and 802.3.
  /^Auto Negotiation - (?:not supported|supported, (?:not )?enabled|supported, disabled|not advertised)$/i,
  /^Physical media capabilities(?::| - not advertised)$/i,
  /^ +\d{2,6}base[\w/-]{0,12}(?: ?\((?:HD|FD)\))?$/i,
  /^ +(?:Symm, Asym|Symm|Asym|No)(?: Pause)?(?: ?\((?:HD|FD)\))?$/i,
  /^ +(?:FDX |HDX )?(?:Pause|Other\/unknown|Other|Unknown)(?: ?\((?:HD|FD)\))?$/i,
  /^Media Attachment Unit type(?:: .+| - not advertised)$/i,
  /^(?:Port )?Vlan ID:? (?:- not advertised|\d+)$/i,
  /^(?:Vlan Name|Link Aggregation|Maximum Frame Size|Energy Efficient Ethernet|EEE)\b.*(?::| - not advertised)/i,
  /^Peer Source MAC: /,
  // Power.
  /^(?:PoE\+ )?Power[- ]via[- ]MDI(?: TLV)?:?$/i,
  /^(?:4-wire Power-via-MDI TLV|Cisco Power-via-MDI TLV|UPOE TLV|802\.3bt .*TLV):?$/i,
  /^ +Power (?:Pair|Class|Device Type|Source|Priority|Requested|Allocated|Type|Value)(?:\(\w+\)|\w)?: .*$/i,
  /^ +(?:4-Pair PoE supported|Spare pair Detection\/Classification required|PD Spare pair Desired State|PSE Spare pair Operational State): /i,
  /^ +(?:MDI Power support|PSE (?:support|enabled|pairs? control)|PD (?:request|requested power|desired)|PSE allocated)\b.*: /i,
  // ANSI/TIA-1057.
  /^MED Information:$/,
  /^ +MED Codes:$/,
  /^ +\((?:NP|LI|PS|PD|IN)\) [\w ]+(?:, \((?:NP|LI|PS|PD|IN)\) [\w ]+)?$/,
  /^ +(?:H\/W|F\/W|S\/W) revision: /i,
  /^ +(?:Serial number|Manufacturer|Model|Asset id|Capabilities|Device type):/i,
  /^ +(?:Inventory information|Capabilities|Device type|Network Polic(?:y|ies)|Power requirements|Location|Extended Power)(?: information)? - not advertised$/i,
  /^ +Network Policy ?\([\w -]+\): /i,
  /^ +(?:PD|PSE) device, /i,
  /^ +Location(?: information)?:?$/i,
  /^ +(?:ELIN|LCI|Civic|Coordinate|Country|Emergency)\b.*$/i,
  // Nothing to show.
  /^% ?LLDP is not enabled/,
  /^% ?No (?:LLDP )?(?:entries|neighbors?)\b/i,
].map((pattern) => ({ pattern }));
