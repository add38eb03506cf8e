/** What the program tells the shell. `diagnostics` is the user's input, `use` the command line itself. */
export const exitCodes = { fine: 0, diagnostics: 1, use: 2, environment: 3, internal: 70 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
