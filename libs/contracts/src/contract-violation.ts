/** A record that breaks its contract. `reason` is a code of the error table, `ce_reason` of a dead letter. */
export class ContractViolation extends Error {
  constructor(
    readonly reason: string,
    message: string,
  ) {
    super(message);
    this.name = 'ContractViolation';
  }
}
