import type { z } from 'zod';
import type { nodeSummarySchema } from '../../api/fabric/nodes.ts';
import type {
  eventSchema,
  linkSchema,
  networkSchema,
  operationSchema,
  portSchema,
  settingsSchema,
  switchSchema,
} from '../../api/fabric/wire.ts';

/** What the fabric API answers, as its own schemas say it. */
export type NodeSummary = z.output<typeof nodeSummarySchema>;
export type SwitchOut = z.output<typeof switchSchema>;
export type SettingsOut = z.output<typeof settingsSchema>;
export type SwitchPortOut = z.output<typeof portSchema>;
export type NetworkOut = z.output<typeof networkSchema>;
export type OperationOut = z.output<typeof operationSchema>;
export type LinkOut = z.output<typeof linkSchema>;
export type EventOut = z.output<typeof eventSchema>;
