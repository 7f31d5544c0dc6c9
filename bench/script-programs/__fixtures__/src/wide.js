module.exports = { first : 1,second:'two', add(a,b){ return a+b } , unused(){ var never = 1 } }
