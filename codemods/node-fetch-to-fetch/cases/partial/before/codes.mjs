import fetch from 'node-fetch';

export async function up(url) {
  try {
    return (await fetch(url)).ok;
  } catch (error) {
    return error.code !== 'ECONNREFUSED';
  }
}
