enum Colour {
  Green = 'green',
}
const said: string = Colour.Green;
console.log('printed', said);
