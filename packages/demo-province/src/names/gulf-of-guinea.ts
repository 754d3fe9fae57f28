import { nameList } from './name-list.ts';

/** Nigerian and Cameroonian names; variants mix English, French and dropped tone marks. */
export const gulfOfGuinea = nameList('LATIN_AFRICAN', {
  male: `Emmanuel/Emanuel Chukwuemeka/Emeka Samuel/Samuele Osaze/Osazee Kelvin/Kevin Destiny/Destyni Godwin/Godwyn
    Sunday/Sundai Chinedu/Chinedum Obinna/Obina Victor/Viktor/Victore Festus/Festuss Musa/Moussa Ikechukwu/Ikechukwo
    Blaise/Blaiz Herve/Hervé Serge/Sergé Precious/Prescious Osagie/Osagye Collins/Colins Uche/Utche Ayodele/Ayodeji
    Babatunde/Babatunde Olumide/Olumidé`,
  female: `Blessing/Blesing/Blessin Joy/Joi Gift/Gifty Faith/Feith Mercy/Mercie Patience/Paciens Osarugue/Osaruge
    Ngozi/Ngozy Chiamaka/Chiamacca Loveth/Lovet Sandra/Sandrah Esther/Ester/Hester Grace/Gracé Princess/Princes
    Favour/Favor Clarisse/Clarice`,
  family: `Okafor/Okafour/Okaffor Eze/Ezeh Osagie/Osagye Igbinedion/Igbinidion Omoregie/Omoregbe Idahosa/Idaosa
    Adeyemi/Adeyemy Balogun/Ballogun Ogbeide/Ogbeyde Ehigiator/Ehighiator Aigbe/Aigbé Nwosu/Nwossu Uwadiae/Uwadia
    Okonkwo/Okonquo Ekwueme/Ekweme Abiodun/Abiodoun Oladipo/Oladippo Osaro/Ossaro Ighodaro/Igodaro Edosomwan/Edosonwan
    Tchouameni/Chuameni Ngassa/Ngasa Fotso/Fotsso Kamga/Kamgah Mbarga/Mbargha Nkeng/Nkengue Ebot/Ebott
    Aghedo/Agedo Obaseki/Obasseki Iyamu/Iyamou`,
});
