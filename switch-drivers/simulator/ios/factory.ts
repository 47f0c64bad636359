/** Mode of a port out of the box. */
export const FACTORY_MODE = 'dynamic auto';
