import { nameList } from './name-list.ts';

/** Names shared by Mali, Guinea, Senegal, The Gambia and Côte d'Ivoire, in French and English spelling. */
export const mandeFulaniWolof = nameList('LATIN_AFRICAN', {
  male: `Mamadou/Mamadu/Mamoudou Ousmane/Usman/Ousman Ibrahima/Ibrahim/Ebrima Amadou/Amadu/Ahmadou Moussa/Musa/Mussa
    Boubacar/Bubacarr/Aboubacar/Abubakar Seydou/Saidou/Seedou Lamine/Lamin/Lameen Modou/Modu Alpha/Alfa
    Cheikh/Sheikh/Sekou Abdoulaye/Abdulai/Abdoulai Bakary/Bakari Sulayman/Souleymane/Suleiman Yaya/Yahya/Yaye
    Demba/Demba Issa/Isa/Eesa Oumar/Omar/Umaru Kalifa/Khalifa Fode/Foday/Fodé Adama/Adamah Youssouf/Yusupha/Yusuf
    Drissa/Idrissa/Idris Malick/Malik/Maleek`,
  female: `Fatoumata/Fatumata/Fatou Aminata/Aminatta/Amina Mariama/Mariame/Maryama Kadiatou/Kadijatou/Kadiatu
    Aissatou/Aisatu/Aissata Hawa/Awa/Hawa Ramata/Ramatoulaye/Ramatu Oumou/Umu/Oumu Binta/Bintou/Bintu
    Djeneba/Jeneba/Dieneba Nafissatou/Nafisatu Sira/Sirah Assetou/Assita Rokia/Rokhaya/Rokiatou
    Maimouna/Maimuna/Meimouna Ndeye/Ndey`,
  family: `Diallo/Jallow/Jalloh/Diallow Traore/Traoré/Trawally Keita/Keïta/Keyta Camara/Kamara Coulibaly/Kulibali/Coulibali
    Toure/Touré/Touray Diarra/Jarra/Diara Cisse/Cissé/Ceesay/Sesay Bah/Ba/Barry Sow/So/Sowe Kone/Koné/Conneh
    Sylla/Silla Konate/Konaté/Conateh Sidibe/Sidibé/Sidibeh Fofana/Fofanah Doumbia/Dumbuya/Doumbouya
    Sissoko/Sissokho/Cissoko Diop/Jobe/Diob Ndiaye/Njie/N'Diaye Fall/Faal Gueye/Gaye/Gueï Sanogo/Sanogho
    Bamba/Bambah Ouattara/Watara/Wattara Jatta/Diatta Drammeh/Drame/Dramé Sonko/Sonkho Manneh/Mané/Mane
    Kourouma/Koroma/Kuruma Conde/Condé/Kondeh`,
});
