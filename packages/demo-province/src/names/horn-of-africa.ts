import { nameList } from './name-list.ts';

/** Eritrean, Ethiopian and Somali names: the family name is the father's given name. */
export const hornOfAfrica = nameList('GEEZ', {
  male: `Abdi/Cabdi Mohamed/Maxamed/Mahamed Yonas/Jonas/Yohannes Tesfay/Tesfaye/Tesfai Hassan/Xasan/Hasan Ahmed/Axmed
    Berhane/Berhan Filmon/Philmon/Filimon Daniel/Daneal Abdullahi/Cabdullaahi/Abdulahi Mulugeta/Mulughieta
    Samuel/Samiel Robel/Robell Ibrahim/Ibraahim Kidane/Kidan Ismail/Ismaciil Girmay/Ghirmay/Girmai Solomon/Selemon
    Yusuf/Yuusuf/Yosef Dawit/Dawid/David Farah/Faarax Haile/Hayle Mehari/Mehary Abdirahman/Abdurahman`,
  female: `Hodan/Xodan Fatuma/Faadumo/Fatima Selam/Selamawit Senait/Sennait Asha/Caasha/Aisha Amina/Aamina Helen/Helena
    Luwam/Lwam Sahra/Zahra/Saxra Almaz/Almas Hibo/Hiba Tsega/Zega Mebrat/Mebrhat Rahel/Rachel Saba/Sabah Hawo/Hawa`,
  family: `Abdi/Cabdi Hussein/Xuseen/Hussen Tesfamariam/Tesfa_Mariam Gebre/Ghebre/Gebreab Hagos/Haghos Ali/Cali/Aly
    Mohamud/Maxamuud/Mahmoud Weldu/Woldu Tekle/Teclè/Tecle Osman/Cusmaan/Othman Ghebremedhin/Gebremedhin Haile/Hayle
    Warsame/Warsama Jama/Jaamac Kifle/Kiflè Araya/Araia Habte/Habtè Bekele/Bekelè Adan/Aadan/Aden Mengistu/Menghistu
    Negash/Negasi Asfaha/Asfeha Omar/Cumar Nur/Nuur/Noor Desta/Destà Zerai/Zeray Roble/Rooble Sium/Seyoum
    Barre/Barreh Tadesse/Taddese`,
});
