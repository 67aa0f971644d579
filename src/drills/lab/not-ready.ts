/** The service did not become ready: then most drills cannot tell. */
export class NotReady extends Error {
  constructor(because: string) {
    super(because);
    this.name = 'NotReady';
  }
}
