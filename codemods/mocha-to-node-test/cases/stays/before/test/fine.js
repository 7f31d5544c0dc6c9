describe('fine', () => {
  it('could change', () => {});
});
