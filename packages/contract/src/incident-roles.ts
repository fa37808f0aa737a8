/** What somebody does for the whole of an incident. */
export const incidentRoles = ['commander', 'scribe', 'communications'] as const;
