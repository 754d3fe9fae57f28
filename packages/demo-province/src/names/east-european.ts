import { nameList } from './name-list.ts';

/** Ukrainian, Georgian and Romanian names, with English, Italian and Russian-style transliteration. */
export const eastEuropean = nameList('CYRILLIC', {
  male: `Oleksandr/Alexander/Olexandr Dmytro/Dmitro/Dmitry Serhiy/Sergiy/Serhii/Sergey Andriy/Andrii/Andrei
    Volodymyr/Vladimir/Volodimir Mykola/Nikolay/Mikola Yuriy/Yurii/Iurii Ivan/Iwan Giorgi/Georgi/Giorghi
    Davit/David Levan/Lewan Nika/Nica Vasyl/Vasil/Vasyly Bohdan/Bogdan Oleh/Oleg Taras/Tarass Zurab/Surab
    Irakli/Irakly Petro/Pjotr Maksym/Maxim/Maksim Lasha/Lascia Ion/Jon Mihai/Mikhai Artem/Artiom`,
  female: `Olena/Elena/Olenna Natalia/Nataliya/Nataliia Iryna/Irina Oksana/Oxana Svitlana/Svetlana Tetiana/Tatiana/Tetyana
    Halyna/Galina Yuliia/Julia/Yuliya Anastasiia/Anastasia Nino/Ninò Tamar/Tamari Khatuna/Hatuna Ketevan/Chetevan
    Mariia/Maria/Mariya Liudmyla/Ludmila/Lyudmila Nadiia/Nadia/Nadiya`,
  family: `Shevchenko/Scevcenko/Ševčenko Kovalenko/Covalenko Bondarenko/Bondarenco Tkachenko/Tkacenko Kravchenko/Kravcenko
    Boyko/Boiko/Bojko Melnyk/Melnik Shevchuk/Scevciuk Polishchuk/Polishuk Lysenko/Lisenko Savchenko/Savcenko
    Petrenko/Petrenco Marchenko/Marcenko Hrytsenko/Gritsenko Beridze/Berydze Kapanadze/Capanadze Gelashvili/Ghelashvili
    Lomidze/Lomidse Maisuradze/Majsuradze Tsiklauri/Ziklauri Kharaishvili/Haraishvili Chikovani/Cikovani Popescu/Popesku
    Ionescu/Jonescu Moroz/Moros Rudenko/Rudenco Zhuk/Juk/Žuk Yakovenko/Iakovenko/Jakovenko Hnatiuk/Gnatyuk Panchenko/Pancenko`,
});
