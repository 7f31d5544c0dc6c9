export const seed = async (url) => console.log(url);
