it('is old', () => {});
