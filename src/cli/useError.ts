/** A command line that asks for what cannot be: exit code 2. `message` says what to write instead. */
export class UseError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UseError';
  }
}
